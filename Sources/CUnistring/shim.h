#include <stdlib.h>
#include <unicase.h>
#include <uninorm.h>

// The names of the forms are macros with a cast, which Swift does not see.
static inline uninorm_t uninorm_composed(void) { return UNINORM_NFC; }
static inline uninorm_t uninorm_decomposed(void) { return UNINORM_NFD; }
