// Names of models that do not chat, as the providers of the presets call them.
const otherKinds =
  /embed|bge-|rerank|whisper|tts|speech|audio|realtime|transcribe|dall-e|image|flux|stable-diffusion|video|sora|wanx|moderation|guard|babbage|davinci|cosyvoice|paraformer/i;

// Good everyday models: quick, cheap and able. The first pattern that fits anything wins.
const everyday = [
  /^gpt-5(\.\d+)?-mini$/,
  /^gpt-5(\.\d+)?$/,
  /^gpt-4\.1-mini$/,
  /^gpt-4o-mini$/,
  /^gpt-4o$/,
  /^deepseek-chat$/,
  /^qwen-plus(-latest)?$/,
  /^qwen-turbo(-latest)?$/,
  /^doubao-seed-.*$/,
  /^yi-lightning$/,
  /deepseek-ai\/DeepSeek-V3(\.\d+)?$/,
  /^qwen\d*(\.\d+)?(:|$)/i,
  /^llama\d*(\.\d+)?(:|$)/i,
];

/** Whether a model answers messages, as far as its name tells. */
export function isChatModel(name: string): boolean {
  return !otherKinds.test(name);
}

/** Models that chat first, then the others; both by name, with numbers in order. */
export function sortModels(names: readonly string[]): string[] {
  const byName = (a: string, b: string) => a.localeCompare(b, "en", { numeric: true });
  const unique = [...new Set(names)];
  return [
    ...unique.filter(isChatModel).sort(byName),
    ...unique.filter((name) => !isChatModel(name)).sort(byName),
  ];
}

/** The model to propose: a good everyday one, else the first that chats, else the first. */
export function suggestModel(names: readonly string[]): string | null {
  for (const pattern of everyday) {
    // Of several versions, the highest.
    const fitting = sortModels(names).filter((name) => isChatModel(name) && pattern.test(name));
    const newest = fitting.at(-1);
    if (newest !== undefined) return newest;
  }
  return names.find(isChatModel) ?? names[0] ?? null;
}
