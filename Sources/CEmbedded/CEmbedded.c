#include "CEmbedded.h"

const struct embedded_file embedded_schema[] = {{0}};
const size_t embedded_schema_count = 0;
const struct embedded_file embedded_migrations[] = {{0}};
const size_t embedded_migrations_count = 0;
