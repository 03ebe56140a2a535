"""Writes tokens as text, in several styles, and changes them into texts that are often not GraphQL."""

_WORD = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
_IGNORED = (" ", " ", " ", "\n", "\n  ", "\r\n", "\r", ",", ", ", "\t", " # remark ☃ 🚀\n", "\n\n", " #\r\n")
_TOKENS = ("{", "}", "(", ")", "[", "]", ":", "=", "!", "$", "@", "...", "|", "&", "on", "query", "mutation", "subscription",
           "fragment", "true", "null", "name", "0", "-1", "1.5", '"text"', '""', '"""block"""', "type", "extend", "{}")
_CHARACTERS = ("{", "}", "(", '"', "\\", "\n", "\r", "#", "$", "&", ".", "..", "-", "0", "01", "1e", "1.", "_", "x", "é", "☃", "🚀", "'",
               "?", "<", "%", "\0", "\t", "\v", "\ufeff", "\u2028", "\\u", "\\u{", "\\uD83D", '"""', "/", ";", "\x7f")


def text(tokens, random):
    """The text of tokens: tidy, as short as possible, or with all kinds of white space and comments."""
    style = random.random()
    if style < 0.5:
        return " ".join(tokens)
    parts = []
    if style > 0.9 and random.random() < 0.3:
        parts.append("\ufeff")
    previous = ""
    for token in tokens:
        if style > 0.75:
            parts += [random.choice(_IGNORED) for _ in range(random.choice((0, 1, 1, 2)))]
            if parts and _needs_space(previous, token) and parts[-1] == previous:
                parts.append(" ")
        elif _needs_space(previous, token):
            parts.append(" ")
        parts.append(token)
        previous = token
    return "".join(parts)


def _needs_space(left, right):
    if not left:
        return False
    return (left[-1] in _WORD or left[-1] == '"') and (right[0] in _WORD or right[0] in '".')


def mutated(tokens, random):
    """The text of tokens of which some were deleted, doubled, swapped or replaced, or with a few characters changed."""
    tokens = list(tokens)
    for _ in range(random.choice((0, 1, 1, 1, 2, 3))):
        place = random.randrange(len(tokens))
        kind = random.randrange(6)
        if kind == 0 and len(tokens) > 1:
            del tokens[place]
        elif kind == 1:
            tokens.insert(place, tokens[place])
        elif kind == 2:
            other = random.randrange(len(tokens))
            tokens[place], tokens[other] = tokens[other], tokens[place]
        elif kind == 3:
            tokens[place] = random.choice(_TOKENS)
        elif kind == 4:
            tokens.insert(place, random.choice(_TOKENS))
        else:
            del tokens[place + 1:]
    result = text(tokens, random)
    for _ in range(random.choice((0, 0, 1, 2))):
        place = random.randrange(len(result) + 1)
        result = result[:place] + random.choice(_CHARACTERS) + result[place + random.choice((0, 1)):]
    return result
