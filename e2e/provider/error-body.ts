/** An error in OpenAI's shape. */
export type ErrorBody = {
  error: { message: string; type: string; param: string | null; code: string | null };
};

export function makeErrorBody(
  message: string,
  type = "invalid_request_error",
  code: string | null = null,
  param: string | null = null,
): ErrorBody {
  return { error: { message, type, param, code } };
}
