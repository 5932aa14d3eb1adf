// robots.txt (RFC 9309): what a host asks of programs that read it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace regtrail::fetch {

/// The rules for one program.
class RobotsRules {
public:
  /// Those of the groups that name `token`, in any letter case, else of the groups for all. Of a
  /// longer text the first 500 KiB count; lines that cannot be read are passed over.
  static RobotsRules parse(std::string_view text, std::string_view token);

  /// `target`: path and query of an address, percent-encoded. The longest rule that matches counts,
  /// of two as long the one that allows; "*" stands for any characters, "$" for the end.
  [[nodiscard]] bool allows(std::string_view target) const;

private:
  struct Rule {
    std::string pattern;
    bool allow = false;
  };

  std::vector<Rule> m_rules;
};

} // namespace regtrail::fetch
