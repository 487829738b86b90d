import type { ReadStream } from "node:tty";

/** Reads a password: from a terminal without showing it, else the first line of standard input. */
export async function readPassword(question: string): Promise<string> {
  const { stdin } = process;
  return stdin.isTTY ? askHidden(stdin, question) : readFirstLine(stdin);
}

async function readFirstLine(input: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  for await (const chunk of input) text += chunk.toString();
  return text.split(/\r?\n/, 1)[0] ?? "";
}

function askHidden(terminal: ReadStream, question: string): Promise<string> {
  process.stderr.write(question);
  terminal.setRawMode(true);
  terminal.setEncoding("utf8");
  return new Promise((resolve) => {
    let typed = "";
    const finish = () => {
      terminal.off("data", take);
      terminal.setRawMode(false);
      terminal.pause();
      process.stderr.write("\n");
    };
    const take = (chunk: string | Buffer) => {
      for (const key of chunk.toString()) {
        if (key === "\r" || key === "\n" || key === "\u0004") {
          finish();
          resolve(typed);
          return;
        }
        if (key === "\u0003") {
          finish();
          process.exit(130);
        }
        // Backspace is one or the other, by terminal.
        if (key === "\u007f" || key === "\b") typed = Array.from(typed).slice(0, -1).join("");
        else typed += key;
      }
    };
    terminal.on("data", take);
    terminal.resume();
  });
}
