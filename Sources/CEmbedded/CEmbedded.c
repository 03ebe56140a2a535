#include "CEmbedded.h"
#include "Text.h"

// #embed is C23, which the compiler accepts in older modes too, but reports.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const struct embedded_file demo =
#define FOLDER .
#define FILE demo.sql
#include "File.inc"
;

struct embedded_file embedded_demo(void) { return demo; }

#ifndef CUSTOMEROS_COMMIT
#define CUSTOMEROS_COMMIT unknown
#endif

const char *embedded_commit(void) { return TEXT(CUSTOMEROS_COMMIT); }
