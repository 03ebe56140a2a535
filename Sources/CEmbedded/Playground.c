#include "CEmbedded.h"
#include "Text.h"

// As in CEmbedded.c.
#pragma clang diagnostic ignored "-Wc23-extensions"

// What lies in playground/vendor/ comes from scripts/setup and may be absent: then the page is a plain form. scripts/setup touches this file,
// since the compiler remembers the files it read and not those it missed.
static const struct embedded_file files[] = {
#define FOLDER ../../playground
#define FILE examples.graphql
#include "File.inc"
    ,
#define FILE form-page.js
#include "File.inc"
    ,
#define FILE form.html
#include "File.inc"
    ,
#define FILE graphiql-page.js
#include "File.inc"
    ,
#define FILE graphiql.html
#include "File.inc"
    ,
#define FILE notices.txt
#include "File.inc"
    ,
#define FILE session.js
#include "File.inc"
    ,
#define FILE storage.js
#include "File.inc"
    ,
#define FILE style.css
#include "File.inc"
    ,
#undef FOLDER
#define FOLDER ../../playground/vendor
// Written when the others are there.
#if __has_embed("../../playground/vendor/installed.txt") == __STDC_EMBED_FOUND__
#define FILE graphiql.min.css
#include "File.inc"
    ,
#define FILE graphiql.min.js
#include "File.inc"
    ,
#define FILE react-dom.production.min.js
#include "File.inc"
    ,
#define FILE react.production.min.js
#include "File.inc"
    ,
#define FILE LICENSE
#include "File.inc"
    ,
// Compressed by scripts/setup, this one last; without, the server does it at the first request.
#if __has_embed("../../playground/vendor/graphiql.min.css.gz") == __STDC_EMBED_FOUND__
#define FILE graphiql.min.css.gz
#include "File.inc"
    ,
#define FILE graphiql.min.js.gz
#include "File.inc"
    ,
#define FILE react-dom.production.min.js.gz
#include "File.inc"
    ,
#define FILE react.production.min.js.gz
#include "File.inc"
    ,
#endif
#endif
};

struct embedded_folder embedded_playground(void) {
    return (struct embedded_folder){files, sizeof(files) / sizeof(struct embedded_file)};
}
