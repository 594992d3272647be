// Short forms of what has a default that the generated constructors cannot have: an enum's.

package wamux

import wamux.model.Component
import wamux.model.Content
import wamux.model.Language
import wamux.model.Message
import wamux.model.Policy
import wamux.model.RecipientType
import wamux.model.Template

/** A message to a phone number in any form that a person writes; `copy` adds what else it has. */
public fun message(to: String, content: Content): Message =
    Message(to = to, recipientType = RecipientType.INDIVIDUAL, content = content)

/** A template in one language, and what fills it. */
public fun template(name: String, language: String, components: List<Component> = emptyList()): Template =
    Template(name, Language(Policy.DETERMINISTIC, language), components)
