#include "parse/ecfr_xml.hpp"
