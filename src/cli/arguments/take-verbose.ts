/** Whether `--verbose` is given, and the arguments without it. Those after `--` belong to a program. */
export function takeVerbose(argv: readonly string[]): {
  readonly verbose: boolean;
  readonly argv: readonly string[];
} {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  const rest = own.filter((argument) => argument !== '--verbose');
  const verbose = rest.length < own.length;
  return { verbose, argv: end < 0 ? rest : [...rest, ...argv.slice(end)] };
}
