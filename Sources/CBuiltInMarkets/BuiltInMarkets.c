// The sample markets, compiled in, so that the program shows something on a machine without any data.
//
// #embed is C23. Clang offers it in earlier modes too, and lists the embedded files among the dependencies
// that the build watches, so a changed CSV is picked up by the next build.

#include "BuiltInMarkets.h"

static const unsigned char daily[] = {
#embed "btc-1d.csv"
};

static const unsigned char five_minutes[] = {
#embed "btc-5m.csv"
};

const unsigned char *fluke_built_in_market(int index, size_t *length) {
  switch (index) {
    case 0: *length = sizeof daily; return daily;
    case 1: *length = sizeof five_minutes; return five_minutes;
    default: *length = 0; return NULL;
  }
}
