#include "ear/fr_citation.hpp"
