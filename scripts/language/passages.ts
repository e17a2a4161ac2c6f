import ts from 'typescript';

/*
 * What a person reads in a file: names, comments, strings and templates of a program; everything of
 * a page or style sheet. Offsets stay those of the file, so that a finding has its line.
 */

export interface Passage {
  readonly kind: 'name' | 'text';
  readonly text: string;
  /** Where it begins in the file, in characters. */
  readonly offset: number;
}

interface Piece {
  readonly kind: 'name' | 'string' | 'comment' | 'plus' | 'other';
  readonly from: number;
  readonly to: number;
}

const program = /\.[cm]?[jt]s$/;

export function passagesOf(path: string, source: string): readonly Passage[] {
  if (!program.test(path)) return withNames({ kind: 'text', text: prose(source), offset: 0 });
  const pieces = piecesOf(ts.createSourceFile(path, source, ts.ScriptTarget.Latest));
  const comments = pieces.filter(({ kind }) => kind === 'comment');
  const code = pieces.filter(({ kind }) => kind !== 'comment');
  return [
    ...code
      .filter(({ kind }) => kind === 'name')
      .map(({ from, to }) => nameAt(source.slice(from, to), from)),
    ...joined(source, code, 'string'),
    ...joined(source, comments, 'comment'),
  ].flatMap(withNames);
}

/** Switched off between two marks, for pages that speak about words. */
function prose(source: string): string {
  return source.replaceAll(/<!-- language: off -->.*?<!-- language: on -->/gs, (quoted) =>
    quoted.replaceAll(/[^\n]/g, ' '),
  );
}

/** Every token and comment, in the order of the file. */
function piecesOf(file: ts.SourceFile): readonly Piece[] {
  const pieces = new Map<number, Piece>();
  const add = (piece: Piece): void => {
    pieces.set(piece.from, piece);
  };
  const visit = (node: ts.Node): void => {
    if (node.kind >= ts.SyntaxKind.FirstJSDocNode && node.kind <= ts.SyntaxKind.LastJSDocNode)
      return;
    const children = node.getChildren(file);
    if (children.length > 0) {
      children.forEach(visit);
      return;
    }
    if (!isInsideTemplate(node)) {
      for (const { pos, end } of commentsBefore(file.text, node.pos)) {
        add({ kind: 'comment', from: pos, to: end });
      }
    }
    const from = node.getStart(file);
    if (from < node.end) add({ kind: kindOf(node), from, to: node.end });
  };
  visit(file);
  return [...pieces.values()].toSorted((a, b) => a.from - b.from);
}

function commentsBefore(text: string, position: number): readonly ts.CommentRange[] {
  return [
    ...(ts.getTrailingCommentRanges(text, position) ?? []),
    ...(ts.getLeadingCommentRanges(text, position) ?? []),
  ];
}

function isInsideTemplate({ kind }: ts.Node): boolean {
  return kind === ts.SyntaxKind.TemplateMiddle || kind === ts.SyntaxKind.TemplateTail;
}

function kindOf(node: ts.Node): Piece['kind'] {
  if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) return 'name';
  if (ts.isStringLiteral(node) || ts.isTemplateLiteralToken(node)) return 'string';
  return node.kind === ts.SyntaxKind.PlusToken ? 'plus' : 'other';
}

/** Neighbours as one passage, so that a phrase is found across lines of a comment and across `+`. */
function joined(
  source: string,
  pieces: readonly Piece[],
  kind: 'string' | 'comment',
): readonly Passage[] {
  const passages: { readonly from: number; readonly to: number }[] = [];
  let open = false;
  for (const piece of pieces) {
    const last = passages.at(-1);
    const adjoins = last !== undefined && source.slice(last.to, piece.from).trim() === '';
    if (open && adjoins && (piece.kind === kind || piece.kind === 'plus')) {
      passages.splice(-1, 1, { from: last.from, to: piece.to });
    } else {
      open = piece.kind === kind;
      if (open) passages.push(piece);
    }
  }
  return passages.map(({ from, to }) => textAt(source.slice(from, to), from));
}

/** What is between the words of a passage (quotes, `+`, comment marks) is blanked out, at its length. */
function textAt(text: string, offset: number): Passage {
  const words = text
    .replaceAll(/['"`]\s*\+\s*['"`]/g, (seam) => ' '.repeat(seam.length))
    .replaceAll(/(^|\n)([ \t]*)(\/\*+|\*\/|\*|\/\/)/g, (lead) => lead.replaceAll(/[*/]/g, ' '));
  return { kind: 'text', text: words, offset };
}

function nameAt(text: string, offset: number): Passage {
  return { kind: 'name', text, offset };
}

/** Prose also names things: a class in a comment, a file in a path. */
function withNames(passage: Passage): readonly Passage[] {
  if (passage.kind === 'name') return [passage];
  const names = passage.text.matchAll(/[A-Za-z0-9]*[a-z0-9][A-Z][A-Za-z0-9]*|\w+(?:-\w+)+/g);
  return [
    passage,
    ...Array.from(names, ({ 0: text, index }) => nameAt(text, passage.offset + index)),
  ];
}
