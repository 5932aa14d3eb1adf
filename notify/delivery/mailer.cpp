#include "notify/delivery/mailer.hpp"
