#include "core/base/table_impl.h"
#include "core/git/object_id.h"

template class pome::TableCore<pome::git::ObjectId, std::less<>>;
