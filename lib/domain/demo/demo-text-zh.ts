import type { DemoText } from "./demo-text";

const welcome = `## 你好，这里是对谈

我是**演示模型**：背后没有 AI，不联网，也不需要密钥，所以回答不了问题。我能做的，是让你看看这里的回答长什么样，顺便讲讲哪些地方值得知道。

现在就可以试试：

1. 趁我还在写，点**停止**。已经写出来的会保留。
2. 回答到一半时刷新页面，它会接着往下写。
3. 把鼠标移到这条回答上，可以**复制**，也可以让我**重新生成**。

回答里可以有表格、代码和公式：

| 你写 | 我答 |
| --- | --- |
| \`回声\` 加一段话 | 原样奉还 |
| \`数到 100\` | 一个个数过去，慢得看得清 |
| \`帮助\` | 一份简短的说明 |
| write in English | 改用英文回答 |

\`\`\`python
def greet(name: str) -> str:
    """每个代码块都标着语言，并带有复制按钮。"""
    return f"你好，{name}！"

print(greet("对谈"))
\`\`\`

$$
\\int_{-\\infty}^{\\infty} e^{-x^2}\\,dx = \\sqrt{\\pi}
$$

随便再写点什么，我就翻到下一页：*服务器记住了什么*。`;

const memory = `## 服务器记住了什么

大模型本身没有记忆，每发一条消息，都得把前面的对话重新交给它。这件事由对谈来做：

\`\`\`mermaid
sequenceDiagram
  participant 你
  participant 对谈
  participant 模型
  你->>对谈: 只发送新消息
  对谈->>对谈: 存好，再拼出历史
  对谈->>模型: 系统提示词、最近几轮、新消息
  模型-->>对谈: 一段一段的回答
  对谈-->>你: 同步显示，并且保存
\`\`\`

- **什么都不会丢。** 先把你的消息存好，再去问模型。关掉标签页也没关系，回答会写完，换个浏览器登录照样能看到。
- **滑动窗口。** 发给模型的是最近若干轮，并且不超过 token 上限。两者都由管理员在*设置 → 会话默认设置*里调整。
- **系统提示词每次都带上。** 有一份默认的，每个会话也可以单独设置。

放得下多少，是一道简单的算术题：

$$
\\text{prompt} = \\text{system} + \\sum_{i=n-k}^{n} (\\text{question}_i + \\text{answer}_i) \\le \\text{limit}
$$

下一页：*接入真正的模型*。`;

const connect = `## 接入真正的模型

管理员在*设置 → 模型与服务商*里操作，大约一分钟：

1. 选一家服务商，或者填入任何兼容 OpenAI 的接口地址。
2. 粘贴密钥，点**测试**，就会列出可用的模型。
3. 勾选要开放的模型。第一个会成为默认模型，我就可以退下了。

| 服务商 | 接口地址 | 密钥 |
| --- | --- | --- |
| DeepSeek | \`https://api.deepseek.com\` | 需要 |
| 通义千问 | \`https://dashscope.aliyuncs.com/compatible-mode/v1\` | 需要 |
| 豆包 | \`https://ark.cn-beijing.volces.com/api/v3\` | 需要 |
| 硅基流动 | \`https://api.siliconflow.cn/v1\` | 需要 |
| 本机的 Ollama | \`http://127.0.0.1:11434/v1\` | 不需要 |
| 本机的 LM Studio | \`http://127.0.0.1:1234/v1\` | 不需要 |

也可以在启动之前写进环境变量：

\`\`\`bash
export OPENAI_API_KEY="你的密钥"
export OPENAI_BASE_URL="https://api.deepseek.com"
export OPENAI_MODEL="模型的名称"
npm start
\`\`\`

密钥加密之后才会保存，之后谁也看不到原文，包括你自己。

下一页：*省时间的小习惯*。`;

const habits = `## 省时间的小习惯

- **Enter** 发送，**Shift+Enter** 换行。输入法还在选字的时候，Enter 归输入法用，不会误发。
- **Esc** 停止生成。
- 点一下标题就能给会话改名。删错了也不要紧，片刻之内可以撤销。
- 语言和外观只影响你自己：*设置 → 个人资料*。
- 想请同事进来，由管理员在*设置 → 成员*里生成邀请链接，每个链接只能用一次。

> 回答里的图片不会自动加载。图片可能会让陌生人知道你正在看，所以由你决定要不要打开。

服务商变慢、出错或者连不上的时候，你会看到一句说得清楚的话和一个**重试**按钮，写好的内容都还在。

导览到此结束。再往下我就要重复了，真正的模型可不会。`;

const help = `我是演示模型，背后没有 AI。我听得懂：

- \`回声\` 加一段话：原样重复
- \`数到 50\`：数数，最多数到 500
- 其他任何内容：翻到导览的下一页

想要真正的回答，请在*设置 → 模型与服务商*里接入模型。`;

/** What the demo model says in Chinese. */
export const demoTextZh: DemoText = {
  tours: [welcome, memory, connect, habits],
  help,
  countedTo: (last, asked) =>
    last < asked ? `数到 ${String(last)} 了，我就数到这里。` : `数到 ${String(last)} 了。`,
};
