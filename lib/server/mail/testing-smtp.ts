import "server-only";
import { createServer, type AddressInfo, type Socket } from "node:net";

export type ReceivedMail = { from: string; to: string[]; data: string };

export type SmtpServer = {
  url: string;
  mails: ReceivedMail[];
  /** What the next recipients are answered, in turn, instead of 250. */
  refusals: string[];
  /** Takes connections and says nothing. */
  isMute: boolean;
  close: () => Promise<void>;
};

/** A mail server that takes mail without encryption or sign-in, as far as RFC 5321 needs it. */
export async function startSmtp(): Promise<SmtpServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
    if (!smtp.isMute) serve(socket, smtp);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const smtp: SmtpServer = {
    url: `smtp://127.0.0.1:${String(port)}`,
    mails: [],
    refusals: [],
    isMute: false,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
  return smtp;
}

function serve(socket: Socket, smtp: SmtpServer): void {
  const say = (line: string) => socket.write(`${line}\r\n`);
  let mail: ReceivedMail = { from: "", to: [], data: "" };
  let isData = false;
  let rest = "";
  const take = (line: string) => {
    if (isData) {
      if (line !== ".") {
        mail.data += `${line}\n`;
        return;
      }
      isData = false;
      smtp.mails.push(mail);
      mail = { from: "", to: [], data: "" };
      say("250 taken");
      return;
    }
    const command = line.slice(0, 4).toUpperCase();
    if (command === "EHLO") say("250 smtp.test");
    else if (command === "MAIL") {
      mail.from = line;
      say("250 ok");
    } else if (command === "RCPT") {
      const refusal = smtp.refusals.shift();
      if (refusal === undefined) mail.to.push(/<(.+)>/.exec(line)?.[1] ?? "");
      say(refusal ?? "250 ok");
    } else if (command === "DATA") {
      isData = true;
      say("354 go on");
    } else if (command === "QUIT") {
      say("221 bye");
      socket.end();
    } else say("250 ok");
  };
  say("220 smtp.test");
  socket.setEncoding("utf8");
  socket.on("data", (part: string) => {
    const lines = (rest + part).split("\r\n");
    rest = lines.pop() ?? "";
    for (const line of lines) take(line);
  });
}
