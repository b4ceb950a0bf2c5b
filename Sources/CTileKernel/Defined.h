#pragma once

#include <float.h>
#include <math.h>

/// A value, evaluated once, or NaN where it is not finite: a quotient by zero is as undefined as zero over zero, and an
/// infinity would survive into every score.
#define DEFINED(expression)                                           \
  ({                                                                  \
    const __typeof__(expression) value = (expression);                \
    __builtin_elementwise_abs(value) <= DBL_MAX ? value : NAN;        \
  })
