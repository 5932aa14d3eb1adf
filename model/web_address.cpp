#include "model/web_address.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <netinet/in.h>

namespace regtrail {

bool is_loopback_host(std::string_view host) {
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  const std::string name(host);
  in_addr v4{};
  if (inet_pton(AF_INET, name.c_str(), &v4) == 1) {
    return (ntohl(v4.s_addr) >> 24U) == 127;
  }
  in6_addr v6{};
  return name == "localhost" ||
         (inet_pton(AF_INET6, name.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6));
}

std::string without_user_info(std::string_view text) {
  constexpr std::string_view scheme_end = "://";
  std::string out;
  for (std::size_t at = text.find(scheme_end); at != std::string_view::npos;
       at = text.find(scheme_end)) {
    out += text.substr(0, at + scheme_end.size());
    text.remove_prefix(at + scheme_end.size());
    const std::string_view authority = text.substr(0, text.find_first_of("/?#'\" \t\n"));
    text.remove_prefix(authority.rfind('@') + 1); // npos + 1 is 0
  }
  return out += text;
}

} // namespace regtrail
