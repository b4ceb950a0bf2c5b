#include "TileKernel.h"
