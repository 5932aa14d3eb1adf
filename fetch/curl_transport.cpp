#include "fetch/curl_transport.hpp"
