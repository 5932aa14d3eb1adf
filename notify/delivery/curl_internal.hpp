// libcurl's C handles with their deleters.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

namespace regtrail::delivery {

struct CurlFree {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }

  void operator()(curl_mime* mime) const { curl_mime_free(mime); }

  void operator()(curl_slist* list) const { curl_slist_free_all(list); }

  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

using CurlEasy = std::unique_ptr<CURL, CurlFree>;
using CurlMime = std::unique_ptr<curl_mime, CurlFree>;
using CurlList = std::unique_ptr<curl_slist, CurlFree>;
using CurlUrl = std::unique_ptr<CURLU, CurlFree>;

inline void append(CurlList& list, const std::string& line) {
  curl_slist* grown = curl_slist_append(list.get(), line.c_str());
  if (grown == nullptr) {
    throw std::bad_alloc();
  }
  static_cast<void>(list.release());
  list.reset(grown);
}

} // namespace regtrail::delivery
