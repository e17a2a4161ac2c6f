import { pino, stdTimeFunctions } from 'pino';
import { createRedactor, type Redactor } from './redact.ts';
import { RotatingFile } from './rotating-file.ts';

/** What is noted beside the operation: ids, counts, the error; never a secret. */
export type LogFields = Readonly<Record<string, unknown>>;

/** What Stint did, as JSON lines: `{ level, time, pid, operation, sessionId?, … }`. */
export interface Log {
  info(operation: string, fields?: LogFields): void;
  warn(operation: string, fields?: LogFields): void;
  error(operation: string, fields?: LogFields): void;
  /** From now on this value is taken out of every line, however it is spelled. */
  hide(secret: string): void;
  close(): void;
}

export interface LogOptions {
  readonly file: string;
  /** 5 MB where it is left out. */
  readonly maxBytes?: number;
  readonly redactor?: Redactor;
}

const files = 3;

/** Never throws, now or later: what cannot be logged is dropped. */
export function createLog(options: LogOptions): Log {
  const { file, maxBytes = 5_000_000, redactor = createRedactor() } = options;
  const destination = new RotatingFile({ file, maxBytes, files });
  const lines = pino(
    {
      base: { pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // Errors are made plain by the redactor, which leaves out what libraries hang on them.
      serializers: {},
    },
    destination,
  );
  const write = (level: 'info' | 'warn' | 'error', operation: string, fields?: LogFields) => {
    try {
      lines[level](redactor.redact({ operation, ...fields }));
    } catch {
      // A getter that throws, say. The line is lost and nothing else.
    }
  };
  return {
    info: (operation, fields) => write('info', operation, fields),
    warn: (operation, fields) => write('warn', operation, fields),
    error: (operation, fields) => write('error', operation, fields),
    hide: (secret) => redactor.hide(secret),
    close: () => destination.close(),
  };
}
