#include "core/base/table_impl.h"
#include "core/twin/github/model/ids.h"

/// The kinds of keys that the tables of a world use.
namespace pome {

using namespace twin::github::model;

template class TableCore<Id, std::less<>>;
template class TableCore<NumberKey, std::less<>>;
template class TableCore<ChildKey, std::less<>>;
template class TableCore<NameKey, NameLess>;
template class TableCore<NameKey, ExactLess>;
template class TableCore<std::string, NameLess>;

}  // namespace pome
