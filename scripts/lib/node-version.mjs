// Imported before anything else by every script, so that an old Node gives a sentence instead of a
// syntax error. Keep to what Node 16 can read.
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(
    `\nParley needs Node 22.12 or newer, and this is ${process.version}. ` +
      "`npm ci` brings a Node that fits: run it, then start through `npm start` or `npm run …`.\n\n",
  );
  process.exit(1);
}
