#include "CEmbedded.h"

// As in CEmbedded.c.
#pragma clang diagnostic ignored "-Wc23-extensions"

// The folder playground/. What lies in playground/vendor/ comes from scripts/setup and may be absent: then the page is a plain form.
// scripts/setup touches this file, since the compiler remembers the files it read and not those it missed.

static const unsigned char examples_graphql[] = {
#embed "../../playground/examples.graphql" suffix(,)
    0,
};

static const unsigned char form_page_js[] = {
#embed "../../playground/form-page.js" suffix(,)
    0,
};

static const unsigned char form_html[] = {
#embed "../../playground/form.html" suffix(,)
    0,
};

static const unsigned char graphiql_page_js[] = {
#embed "../../playground/graphiql-page.js" suffix(,)
    0,
};

static const unsigned char graphiql_html[] = {
#embed "../../playground/graphiql.html" suffix(,)
    0,
};

static const unsigned char notices_txt[] = {
#embed "../../playground/notices.txt" suffix(,)
    0,
};

static const unsigned char session_js[] = {
#embed "../../playground/session.js" suffix(,)
    0,
};

static const unsigned char storage_js[] = {
#embed "../../playground/storage.js" suffix(,)
    0,
};

static const unsigned char style_css[] = {
#embed "../../playground/style.css" suffix(,)
    0,
};

#if __has_embed("../../playground/vendor/graphiql.min.css") == __STDC_EMBED_FOUND__ && \
    __has_embed("../../playground/vendor/graphiql.min.js") == __STDC_EMBED_FOUND__ && \
    __has_embed("../../playground/vendor/react-dom.production.min.js") == __STDC_EMBED_FOUND__ && \
    __has_embed("../../playground/vendor/react.production.min.js") == __STDC_EMBED_FOUND__ && \
    __has_embed("../../playground/vendor/LICENSE") == __STDC_EMBED_FOUND__
#define HAS_GRAPHIQL 1

static const unsigned char graphiql_min_css[] = {
#embed "../../playground/vendor/graphiql.min.css" suffix(,)
    0,
};

static const unsigned char graphiql_min_js[] = {
#embed "../../playground/vendor/graphiql.min.js" suffix(,)
    0,
};

static const unsigned char react_dom_production_min_js[] = {
#embed "../../playground/vendor/react-dom.production.min.js" suffix(,)
    0,
};

static const unsigned char react_production_min_js[] = {
#embed "../../playground/vendor/react.production.min.js" suffix(,)
    0,
};

static const unsigned char LICENSE[] = {
#embed "../../playground/vendor/LICENSE" suffix(,)
    0,
};

#endif

// Compressed by scripts/setup; without, the server does it at the first request.
#if __has_embed("../../playground/vendor/graphiql.min.css.gz") == __STDC_EMBED_FOUND__ && \
    __has_embed("../../playground/vendor/graphiql.min.js.gz") == __STDC_EMBED_FOUND__ && \
    __has_embed("../../playground/vendor/react-dom.production.min.js.gz") == __STDC_EMBED_FOUND__ && \
    __has_embed("../../playground/vendor/react.production.min.js.gz") == __STDC_EMBED_FOUND__
#define HAS_COMPRESSED_GRAPHIQL 1

static const unsigned char graphiql_min_css_gz[] = {
#embed "../../playground/vendor/graphiql.min.css.gz" suffix(,)
    0,
};

static const unsigned char graphiql_min_js_gz[] = {
#embed "../../playground/vendor/graphiql.min.js.gz" suffix(,)
    0,
};

static const unsigned char react_dom_production_min_js_gz[] = {
#embed "../../playground/vendor/react-dom.production.min.js.gz" suffix(,)
    0,
};

static const unsigned char react_production_min_js_gz[] = {
#embed "../../playground/vendor/react.production.min.js.gz" suffix(,)
    0,
};

#endif

#define FILE(name, bytes) {name, bytes, sizeof(bytes) - 1}

static const struct embedded_file files[] = {
    FILE("examples.graphql", examples_graphql),
    FILE("form-page.js", form_page_js),
    FILE("form.html", form_html),
    FILE("graphiql-page.js", graphiql_page_js),
    FILE("graphiql.html", graphiql_html),
    FILE("notices.txt", notices_txt),
    FILE("session.js", session_js),
    FILE("storage.js", storage_js),
    FILE("style.css", style_css),
#ifdef HAS_GRAPHIQL
    FILE("graphiql.min.css", graphiql_min_css),
    FILE("graphiql.min.js", graphiql_min_js),
    FILE("react-dom.production.min.js", react_dom_production_min_js),
    FILE("react.production.min.js", react_production_min_js),
    FILE("LICENSE", LICENSE),
#endif
#ifdef HAS_COMPRESSED_GRAPHIQL
    FILE("graphiql.min.css.gz", graphiql_min_css_gz),
    FILE("graphiql.min.js.gz", graphiql_min_js_gz),
    FILE("react-dom.production.min.js.gz", react_dom_production_min_js_gz),
    FILE("react.production.min.js.gz", react_production_min_js_gz),
#endif
};

struct embedded_folder embedded_playground(void) {
    return (struct embedded_folder){files, sizeof(files) / sizeof(struct embedded_file)};
}
