#pragma once
#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo take any argument, which Swift cannot call: one function for each type that
// they are given. All else is imported as it is.

static inline CURLcode flukeCurlSetNumber(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode flukeCurlSetSize(CURL *handle, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode flukeCurlSetText(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode flukeCurlSetPointer(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode flukeCurlSetList(CURL *handle, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(handle, option, value);
}

typedef size_t (*FlukeCurlReceiver)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode flukeCurlSetReceiver(CURL *handle, CURLoption option, FlukeCurlReceiver value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode flukeCurlSetProgress(CURL *handle, curl_xferinfo_callback value) {
  return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, value);
}

static inline CURLcode flukeCurlGetNumber(CURL *handle, CURLINFO what, long *value) {
  return curl_easy_getinfo(handle, what, value);
}
