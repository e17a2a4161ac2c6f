import { createHash } from 'node:crypto';

/*
 * JSON files that tell whether a byte of them was changed since, by a failing disk or a bad copy. Without that,
 * what still reads as JSON would be believed.
 */

/** The text of a file with that content. */
export function checkedJson(content: object): string {
  return `${JSON.stringify({ ...content, checksum: checksumOf(content) }, null, 2)}\n`;
}

/**
 * The content of such a text; undefined where that is damaged. A text without a checksum, as earlier versions wrote it,
 * counts as whole.
 */
export function readCheckedJson(text: string): unknown {
  const content = parsed(text);
  if (typeof content !== 'object' || content === null || !('checksum' in content)) return content;
  const { checksum, ...rest } = content;
  return checksum === checksumOf(rest) ? rest : undefined;
}

function checksumOf(content: object): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
