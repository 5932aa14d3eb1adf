// Legal order.
#include "model/citation.hpp"
#include "model/citation_internal.hpp"
#include "model/roman.hpp"

#include <utility>

namespace regtrail {
namespace {

using namespace citation_detail;

std::string_view inner(std::string_view parenthesised) {
  return parenthesised.substr(1, parenthesised.size() - 2);
}

/// What is counted alike stands together, in this order.
enum class Count { digits, letters, roman };

/// `depth` counts paragraph steps from 1; levels 3 and 6 are roman (1 CFR 21.11(h)).
Count count_of(std::string_view designator, int depth) {
  if (!designator.empty() && is_digit(designator[0])) {
    return Count::digits;
  }
  return depth % 3 == 0 && roman_designator_value(lowered(designator)) ? Count::roman
                                                                       : Count::letters;
}

std::strong_ordering compare_designators(std::string_view left, std::string_view right, int depth) {
  const Count count = count_of(left, depth);
  if (const auto order = count <=> count_of(right, depth); order != 0) {
    return order;
  }
  if (count == Count::roman) {
    if (const auto order = roman_value(lowered(left)) <=> roman_value(lowered(right)); order != 0) {
      return order;
    }
  }
  if (count == Count::letters && left.size() != right.size()) {
    return left.size() <=> right.size(); // z before aa
  }
  return compare_natural(left, right);
}

/// Headings first, then running text, then what has a designator or a name.
int step_rank(const Step& step) {
  if (step.kind != Step::Kind::named) {
    return 2;
  }
  if (step.name == "heading") {
    return 0;
  }
  return step.name.starts_with("text ") ? 1 : 3;
}

std::strong_ordering compare_steps(const Step& left, const Step& right, int depth) {
  if (const auto order = step_rank(left) <=> step_rank(right); order != 0) {
    return order;
  }
  const bool paragraphs = left.kind == Step::Kind::paragraph && right.kind == Step::Kind::paragraph;
  const auto order = paragraphs ? compare_designators(inner(left.name), inner(right.name), depth)
                                : compare_natural(left.name, right.name);
  if (order != 0) {
    return order;
  }
  if (const int exact = left.name.compare(right.name); exact != 0) {
    return exact <=> 0; // upper before lower case, leading zeros first: equal means the same text
  }
  return left.occurrence <=> right.occurrence;
}

} // namespace

std::strong_ordering compare_natural(std::string_view left, std::string_view right) {
  std::size_t i = 0;
  std::size_t j = 0;
  const auto run = [](std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) {
      ++end;
    }
    while (at + 1 < end && text[at] == '0') {
      ++at; // leading zeros carry no value
    }
    return std::pair{text.substr(at, end - at), end};
  };
  while (i < left.size() && j < right.size()) {
    if (is_digit(left[i]) && is_digit(right[j])) {
      const auto [left_run, left_end] = run(left, i);
      const auto [right_run, right_end] = run(right, j);
      if (left_run.size() != right_run.size()) {
        return left_run.size() <=> right_run.size();
      }
      if (const int order = left_run.compare(right_run); order != 0) {
        return order <=> 0;
      }
      i = left_end;
      j = right_end;
      continue;
    }
    const auto a = static_cast<unsigned char>(to_lower(left[i]));
    const auto b = static_cast<unsigned char>(to_lower(right[j]));
    if (a != b) {
      return a <=> b;
    }
    ++i;
    ++j;
  }
  return (left.size() - i) <=> (right.size() - j);
}

std::strong_ordering operator<=>(const Citation& left, const Citation& right) {
  if (is_cfr(left.m_kind) && is_cfr(right.m_kind)) {
    if (const auto order = compare_natural(left.part_number(), right.part_number()); order != 0) {
      return order;
    }
    if (const auto order = kind_rank(left.m_kind) <=> kind_rank(right.m_kind); order != 0) {
      return order;
    }
    // An appendix is cited without its title, so a title only orders what prints it.
    if (kind_rank(left.m_kind) < 2) {
      if (const auto order = compare_natural(left.m_title, right.m_title); order != 0) {
        return order;
      }
    }
    const std::string left_unit = left.unit().m_name;
    const std::string right_unit = right.unit().m_name;
    if (const auto order = compare_natural(left_unit, right_unit); order != 0) {
      return order;
    }
    if (const int exact = left_unit.compare(right_unit); exact != 0) {
      return exact <=> 0;
    }
    const std::vector<Step> left_steps = steps_below_unit(left);
    const std::vector<Step> right_steps = steps_below_unit(right);
    int depth = 1;
    for (std::size_t i = 0; i < left_steps.size() && i < right_steps.size(); ++i) {
      if (const auto order = compare_steps(left_steps[i], right_steps[i], depth); order != 0) {
        return order;
      }
      depth = left_steps[i].kind == Step::Kind::paragraph ? depth + 1 : 1;
    }
    return left_steps.size() <=> right_steps.size();
  }
  if (const auto order = kind_rank(left.m_kind) <=> kind_rank(right.m_kind); order != 0) {
    return order;
  }
  if (const auto order = compare_natural(left.m_volume, right.m_volume); order != 0) {
    return order;
  }
  return compare_natural(left.m_name, right.m_name);
}

bool operator==(const Citation& left, const Citation& right) {
  return (left <=> right) == 0;
}

} // namespace regtrail
