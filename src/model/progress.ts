/** What a long piece of work tells its listener. Only the command line listens; nothing depends on being heard. */
export interface ProgressEvent {
  project: string;
  stage: 'fetch' | 'read' | 'load' | 'measure' | 'done' | 'failed';
  /** Units finished and, where known, in all: objects while fetching, commits while reading and loading. */
  done?: number;
  total?: number;
  /** Bytes received so far. */
  bytes?: number;
  /** Rows written so far. */
  rows?: number;
  /** A line from the other side (a git server's progress text), hostile. */
  text?: string;
}

export type Progress = (event: ProgressEvent) => void;
