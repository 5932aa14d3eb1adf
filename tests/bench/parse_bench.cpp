// A part into the normalised tree and an issue into documents, beside what libxml2 and pugixml need
// to load the same bytes.
#include "parse/ecfr_xml.hpp"
#include "parse/fr_xml.hpp"
#include "tests/bench/bench_input.hpp"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <pugixml.hpp>

#include <algorithm>
#include <benchmark/benchmark.h>

namespace regtrail::bench {
namespace {

void count_bytes(benchmark::State& state, const std::string& text) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(text.size()));
}

void regtrail_tree(benchmark::State& state, const std::string& text) {
  for (auto _ : state) {
    auto document = parse::parse_ecfr(text, {});
    if (!document) {
      state.SkipWithError(document.error().message.c_str());
      break;
    }
    benchmark::DoNotOptimize(document->units.data());
  }
  count_bytes(state, text);
}

void regtrail_documents(benchmark::State& state, const std::string& text) {
  for (auto _ : state) {
    auto documents = parse::parse_fr_xml(text, {});
    if (!documents) {
      state.SkipWithError(documents.error().message.c_str());
      break;
    }
    benchmark::DoNotOptimize(documents->data());
  }
  count_bytes(state, text);
}

void libxml2_tree(benchmark::State& state, const std::string& text) {
  for (auto _ : state) {
    xmlDocPtr document = xmlReadMemory(text.data(),
                                       static_cast<int>(text.size()),
                                       "part.xml",
                                       nullptr,
                                       XML_PARSE_NONET | XML_PARSE_NOERROR);
    benchmark::DoNotOptimize(document);
    xmlFreeDoc(document);
  }
  count_bytes(state, text);
}

void pugixml_tree(benchmark::State& state, const std::string& text) {
  for (auto _ : state) {
    pugi::xml_document document;
    const auto result = document.load_buffer(text.data(), text.size(), pugi::parse_full);
    benchmark::DoNotOptimize(result.status);
  }
  count_bytes(state, text);
}

} // namespace

void register_parse_benchmarks() {
  for (const std::string& part : parts_to_parse()) {
    const std::string& text = part_text(part);
    std::string name = "/" + input_name() + "/part_" + part;
    std::replace(name.begin(), name.end(), ' ', '_');
    benchmark::RegisterBenchmark(("parse/regtrail" + name).c_str(),
                                 [&text](benchmark::State& state) { regtrail_tree(state, text); });
    benchmark::RegisterBenchmark(("parse/xmlReadMemory" + name).c_str(),
                                 [&text](benchmark::State& state) { libxml2_tree(state, text); });
    benchmark::RegisterBenchmark(("parse/pugixml" + name).c_str(),
                                 [&text](benchmark::State& state) { pugixml_tree(state, text); });
  }
  const std::string& issue = issue_text();
  const std::string name = "/" + input_name() + "/issue";
  benchmark::RegisterBenchmark(
      ("parse/regtrail" + name).c_str(),
      [&issue](benchmark::State& state) { regtrail_documents(state, issue); });
  benchmark::RegisterBenchmark(("parse/xmlReadMemory" + name).c_str(),
                               [&issue](benchmark::State& state) { libxml2_tree(state, issue); });
  benchmark::RegisterBenchmark(("parse/pugixml" + name).c_str(),
                               [&issue](benchmark::State& state) { pugixml_tree(state, issue); });
}

} // namespace regtrail::bench
