#include "ear/order_notes.hpp"
#include "ear/order_text.hpp"
#include "tests/parse/presidential_corpus.hpp"

#include <catch2/catch.hpp>

#include <iostream>
#include <set>

using namespace regtrail;

TEST_CASE("dump", "[.dump]") {
  const auto orders = corpus::orders_of_the_service();
  const auto texts = corpus::order_texts();
  std::map<std::string,int> agree, only_notes, only_text; int see=0,seen=0;
  for (const auto& [number, text] : texts) {
    std::set<std::pair<RelationKind,std::string>> t, n;
    std::map<std::pair<RelationKind,std::string>,std::string> words;
    for (auto& r : ear::find_order_relations(text, number)) { t.insert({r.kind, r.target.name()}); words[{r.kind,r.target.name()}]=r.words; }
    auto it = orders.find(number);
    if (it == orders.end()) { for (auto&r:t) if (r.first!=RelationKind::cites) std::cout<<number<<" TEXT "<<to_string(r.first)<<" "<<r.second<<"\n"; continue; }
    for (auto& r : ear::read_order_notes(it->second.order_notes, number).relations) n.insert({r.kind, r.target.name()});
    auto anykind=[&](const std::string& x){ for(auto&r:t) if(r.second==x) return true; return false; };
    for (auto& r : n) {
      if (to_string(r.first).find(" by")!=std::string::npos) continue;
      if (r.first==RelationKind::cites) { ++see; seen+=anykind(r.second); continue; }
      if (t.count(r)) agree[std::string(to_string(r.first))]++;
      else { only_notes[std::string(to_string(r.first))]++; std::cout<<number<<" ONLY NOTES "<<to_string(r.first)<<" "<<r.second<<" text has: "; for(auto&q:t) if(q.second==r.second) std::cout<<to_string(q.first)<<": "<<words[q]; std::cout<<"\n"; }
    }
    for (auto& r : t) if (r.first!=RelationKind::cites && !n.count(r)) { only_text[std::string(to_string(r.first))]++; std::cout<<number<<" ONLY TEXT "<<to_string(r.first)<<" "<<r.second<<": "<<words[r]<<"\n"; }
  }
  for (auto&[k,v]:agree) std::cout<<"agree "<<k<<" "<<v<<"\n";
  for (auto&[k,v]:only_notes) std::cout<<"only notes "<<k<<" "<<v<<"\n";
  for (auto&[k,v]:only_text) std::cout<<"only text "<<k<<" "<<v<<"\n";
  std::cout<<"see "<<see<<" mentioned "<<seen<<"\n";
  for (auto& [number, d] : orders) { auto n=ear::read_order_notes(d.order_notes, number); for(auto&x:n.not_understood) std::cout<<number<<" NOT "<<x<<"\n"; for(auto&x:n.others) std::cout<<number<<" OTHER "<<x<<"\n"; }
  for (auto n : {"14110","14148","14179","13859","13780"}) { std::map<int,int> c; for (auto& d: ear::find_deadlines(texts.at(n), Date(2025,1,23))) c[d.days]++; std::cout<<n<<": "; for(auto&[k,v]:c) std::cout<<k<<"x"<<v<<" "; std::cout<<"\n"; }
}
