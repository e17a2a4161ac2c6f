import { pino, stdTimeFunctions } from 'pino';
import { printableJson } from '../../models/printable.ts';
import { createRedactor, type HiddenFor, type Redactor } from './redact.ts';
import { currentRequest } from './request-scope.ts';
import { RotatingFile } from './rotating-file.ts';

/** What a line says beside the operation: ids, counts, the error; never a secret. */
export type LogFields = Readonly<Record<string, unknown>>;

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What Stint did, as JSON lines: `{ level, time, pid, operation, requestId?, sessionId?, … }`. */
export interface Log {
  /** Only with `STINT_LOG_LEVEL=debug`. */
  debug(operation: string, fields?: LogFields): void;
  info(operation: string, fields?: LogFields): void;
  warn(operation: string, fields?: LogFields): void;
  error(operation: string, fields?: LogFields): void;
  /**
   * Why Stint asks a person or a cloud for something, as a sentence that `stint --verbose` prints.
   * `sessionId`: the session that needs it.
   */
  explain(reason: string, fields?: LogFields): void;
  /** From now on no line contains this value, however it is spelled. */
  hide(secret: string, lifetime?: HiddenFor): void;
  close(): void;
}

/** What can say why it asks. */
export type Explain = Pick<Log, 'explain'>;

export interface LogOptions {
  readonly file: string;
  /** The least important level that is written; `info` if omitted. */
  readonly level?: LogLevel | undefined;
  /** 5 MB if omitted. */
  readonly maxBytes?: number;
  readonly redactor?: Redactor;
}

const files = 3;

/** Never throws, now or later: a line that cannot be written is lost. */
export function createLog(options: LogOptions): Log {
  const { file, level = 'info', maxBytes = 5_000_000, redactor = createRedactor() } = options;
  const destination = new RotatingFile({ file, maxBytes, files });
  const lines = pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // The redactor turns errors into plain objects, without what libraries attach to them.
      serializers: {},
    },
    // Logs are read in terminals too; JSON leaves what is beyond ASCII unescaped.
    { write: (line: string) => destination.write(printableJson(line)) },
  );
  const write = (level: LogLevel, operation: string, fields?: LogFields) => {
    try {
      const requestId = currentRequest();
      const request = requestId === undefined ? {} : { requestId };
      lines[level](redactor.redact({ operation, ...request, ...fields }));
    } catch {
      // A getter that throws, say. The line is lost and nothing else.
    }
  };
  return {
    debug: (operation, fields) => write('debug', operation, fields),
    explain: (reason, fields) => write('info', 'explain', { ...fields, reason }),
    info: (operation, fields) => write('info', operation, fields),
    warn: (operation, fields) => write('warn', operation, fields),
    error: (operation, fields) => write('error', operation, fields),
    hide: (secret, lifetime) => redactor.hide(secret, lifetime),
    close: () => destination.close(),
  };
}
