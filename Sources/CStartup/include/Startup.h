#pragma once

/// Does nothing: whoever calls it is linked with what has to happen before any library begins.
void fluke_startup(void);
