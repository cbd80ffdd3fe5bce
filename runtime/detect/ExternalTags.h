// The names that libraries give to their objects, by tag.
//
// Thread safety: all functions may be called by any thread at any time.
#ifndef HEDDLE_DETECT_EXTERNALTAGS_H
#define HEDDLE_DETECT_EXTERNALTAGS_H

#include "event/Place.h"

namespace heddle {

// Returns a new tag for objects of this type, 0 if there are too many (said
// once). Copies the name.
uintptr_t addExternalTag(const char *ObjectType);
// Reports on objects of this tag have this title. Copied.
void setExternalTitle(uintptr_t Tag, const char *Title);

// The kind of places where objects of this tag are accessed.
PlaceKind externalKind(uintptr_t Tag);
// Null unless Kind is of an external object: 'race on <type>', or the title
// that was set.
const char *externalTitle(PlaceKind Kind);

} // namespace heddle
#endif
