// The instructions of a document with the text set out under them.
#pragma once

#include "model/document.hpp"
#include "parse/fr/mending.hpp"

#include <pugixml.hpp>

#include <memory>

namespace regtrail::parse {

/// Collects what SUPLINF and PREAMB hold of amendments, in printed order; finish() reads it.
class Amendments {
public:
  /// `document` and `pages` must outlive this; document.cfr holds the parts of the headings.
  Amendments(Document& document, const FrPages& pages);
  ~Amendments();
  Amendments(const Amendments&) = delete;
  Amendments& operator=(const Amendments&) = delete;

  /// Takes `element`, a child of SUPLINF or PREAMB, if it is part of an amendment: REGTEXT, AMDPAR,
  /// SECTION, AUTH, PART ..., and what stands loose between AMDPARs outside of REGTEXT. False when
  /// it is running text.
  bool take(const pugi::xml_node& element);

  /// Fills document.instructions, .cfr and .not_understood.
  void finish();

private:
  class Impl;
  std::unique_ptr<Impl> m_impl;
};

} // namespace regtrail::parse
