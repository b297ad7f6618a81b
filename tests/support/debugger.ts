import {
  eachMapping,
  generatedPositionFor,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  TraceMap,
} from '@jridgewell/trace-mapping';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

interface Script {
  readonly scriptId: string;
  readonly map: TraceMap;
}

interface CallFrame {
  readonly callFrameId: string;
  readonly location: { readonly scriptId: string; readonly lineNumber: number; readonly columnNumber: number };
}

interface Paused {
  readonly callFrames: readonly [CallFrame, ...CallFrame[]];
}

/** Where a process has paused. */
export interface Pause {
  /** Path and line in the sources: `/repository/functions/users/create-user.ts:16`. */
  readonly place: string;
  /** The value of an expression there. */
  evaluate(expression: string): Promise<unknown>;
}

/** A breakpoint as an editor has it. */
export interface Breakpoint {
  /** Absolute path in the sources. */
  readonly file: string;
  readonly line: number;
  readonly condition?: string | undefined;
}

/**
 * A debugger, which does what editors do: it speaks the protocol of V8's inspector, reads the source map of each script
 * that says that it has one, and sets breakpoints in the files that these name.
 */
export class Debugger {
  readonly #socket: WebSocket;
  readonly #scripts = new Map<string, Script>();
  readonly #answers = new Map<number, (message: Message) => void>();
  readonly #breakpoints: readonly Breakpoint[];
  readonly #pauses: Paused[] = [];
  #wake = (): void => undefined;
  #sent = 0;
  readonly ended: Promise<void>;

  private constructor(socket: WebSocket, breakpoints: readonly Breakpoint[]) {
    this.#socket = socket;
    this.#breakpoints = breakpoints;
    this.ended = new Promise((resolve) => {
      socket.addEventListener('close', () => {
        resolve();
      });
    });
    socket.addEventListener('message', ({ data }) => {
      this.#take(JSON.parse(String(data)) as Message);
    });
  }

  /** Attaches to the process that listens on a port, as soon as one does. */
  static async attach(port: number, breakpoints: readonly Breakpoint[]): Promise<Debugger> {
    let socket = await connect(port);
    for (const end = performance.now() + 60_000; !socket && performance.now() < end; socket = await connect(port))
      await sleep(20);
    if (!socket) throw new Error(`Nothing listens on ${port}.`);
    const debug = new Debugger(socket, breakpoints);
    await debug.#send('Runtime.enable');
    await debug.#send('Debugger.enable');
    await debug.#send('Runtime.runIfWaitingForDebugger');
    return debug;
  }

  /** Waits for the next breakpoint that is hit. */
  async paused(): Promise<Pause> {
    let paused = this.#pauses.shift();
    while (!paused) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
      paused = this.#pauses.shift();
    }
    const [{ callFrameId, location }] = paused.callFrames;
    const script = this.#scripts.get(location.scriptId);
    const at =
      script && originalPositionFor(script.map, { line: location.lineNumber + 1, column: location.columnNumber });
    return {
      place: `${fileURLToPath(at?.source ?? '')}:${at?.line ?? 0}`,
      evaluate: async (expression) => {
        const known = script === undefined ? expression : await this.#inScript(expression, script, location);
        const { result } = await this.#send('Debugger.evaluateOnCallFrame', {
          ...{ callFrameId, expression: known, returnByValue: true },
        });
        return (result as { value: unknown }).value;
      },
    };
  }

  /** Where the bundler gave another name to what an expression begins with, the source map has both. */
  async #inScript(expression: string, { scriptId, map }: Script, at: CallFrame['location']): Promise<string> {
    const [name = ''] = /^\w+/.exec(expression) ?? [];
    const line = at.lineNumber + 1;
    const { source } = originalPositionFor(map, { line, column: at.columnNumber });
    let column: number | undefined;
    eachMapping(map, (it) => {
      const isNear = it.generatedLine === line && it.generatedColumn <= at.columnNumber;
      if (isNear && it.name === name && it.source === source) column = it.generatedColumn;
    });
    if (column === undefined) return expression;
    const { scriptSource } = await this.#send('Debugger.getScriptSource', { scriptId });
    const [renamed = name] = /^\w+/.exec(String(scriptSource).split('\n')[line - 1]?.slice(column) ?? '') ?? [];
    return expression.replace(name, renamed);
  }

  async resume(): Promise<void> {
    await this.#send('Debugger.resume');
  }

  detach(): void {
    this.#socket.close();
  }

  #send(method: string, params: object = {}): Promise<Readonly<Record<string, unknown>>> {
    this.#sent += 1;
    const id = this.#sent;
    this.#socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve, reject) => {
      this.#answers.set(id, ({ result = {}, error }) => {
        if (error) reject(new Error(`${method}: ${error.message}`));
        else resolve(result);
      });
    });
  }

  #take(message: Message): void {
    const { id, method, params } = message;
    if (id !== undefined) this.#answers.get(id)?.(message);
    if (method === 'Debugger.scriptParsed')
      this.#remember(params as unknown as { scriptId: string; sourceMapURL: string });
    if (method === 'Debugger.paused') {
      this.#pauses.push(params as unknown as Paused);
      this.#wake();
    }
  }

  #remember({ scriptId, sourceMapURL }: { scriptId: string; sourceMapURL: string }): void {
    const [, encoded] = /^data:application\/json;base64,(.*)$/.exec(sourceMapURL) ?? [];
    const text = Buffer.from(encoded ?? '', 'base64').toString();
    // Most scripts are of no interest, and maps take their time.
    if (!this.#breakpoints.some(({ file }) => text.includes(pathToFileURL(file).href))) return;
    const script = { scriptId, map: new TraceMap(text) };
    this.#scripts.set(scriptId, script);
    void this.#setBreakpoints(script);
  }

  async #setBreakpoints({ scriptId, map }: Script): Promise<void> {
    for (const { file, line, condition } of this.#breakpoints) {
      const source = pathToFileURL(file).href;
      if (!map.sources.includes(source)) continue;
      const at = generatedPositionFor(map, { source, line, column: 0, bias: LEAST_UPPER_BOUND });
      if (at.line === null) continue;
      const location = { scriptId, lineNumber: at.line - 1, columnNumber: at.column };
      await this.#send('Debugger.setBreakpoint', { location, condition });
    }
  }
}

async function connect(port: number): Promise<WebSocket | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
    const [target] = (await answer.json()) as { webSocketDebuggerUrl: string }[];
    const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
    return await new Promise((resolve) => {
      socket.addEventListener('open', () => {
        resolve(socket);
      });
      socket.addEventListener('error', () => {
        resolve(undefined);
      });
    });
  } catch {
    return undefined;
  }
}
