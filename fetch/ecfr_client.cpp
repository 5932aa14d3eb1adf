#include "fetch/ecfr_client.hpp"
