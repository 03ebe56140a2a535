extension RootFields {
    private static let contact = "\"01900000-0001-7000-8000-000000000001\""
    private static let organization = "\"01900000-0000-7000-8000-000000000001\""
    private static let user = "\"01900000-0002-7000-8000-000000000001\""
    private static let email = "\"01900000-0004-7000-8000-000000000001\""
    private static let phoneNumber = "\"01900000-0005-7000-8000-000000000001\""
    private static let jobRole = "\"01900000-0006-7000-8000-000000000001\""
    private static let tag = "\"01900000-0008-7000-8000-000000000001\""
    private static let social = "\"01900000-0009-7000-8000-000000000001\""
    private static let location = "\"01900000-000a-7000-8000-000000000001\""

    static let reach = [
        "query { email(id: \(email)) { email } }",
        "query { phoneNumber(id: \(phoneNumber)) { e164 } }",
        "query { tags { name } }",
        "query { tags_ByEntityType(entityType: ORGANIZATION) { name } }",
        "query { jobRoles(ids: [\(jobRole)]) { jobTitle } }",
        "query { checkDomain(domain: \"acme-instruments.example\") { domainOrganizationId domainOrganizationName } }",

        "mutation { emailMergeToContact(contactId: \(contact), input: { email: \"mine@other.example\" }) { id } }",
        "mutation { emailMergeToOrganization(organizationId: \(organization), input: { email: \"mine@other.example\" }) { id } }",
        "mutation { emailMergeToUser(userId: \(user), input: { email: \"mine@other.example\" }) { id } }",
        "mutation { emailRemoveFromContact(contactId: \(contact), email: \"mine@other.example\") { result } }",
        "mutation { emailRemoveFromOrganization(organizationId: \(organization), email: \"mine@other.example\") { result } }",
        "mutation { emailRemoveFromUser(userId: \(user), email: \"mine@other.example\") { result } }",
        "mutation { emailReplaceForContact(contactId: \(contact), input: { email: \"mine@other.example\" }) { id } }",
        "mutation { emailReplaceForOrganization(organizationId: \(organization), input: { email: \"mine@other.example\" }) { id } }",
        "mutation { emailReplaceForUser(userId: \(user), input: { email: \"mine@other.example\" }) { id } }",
        "mutation { emailSetPrimaryForContact(contactId: \(contact), email: \"mine@other.example\") { result } }",

        "mutation { phoneNumberMergeToContact(contactId: \(contact), input: { phoneNumber: \"+442079460777\" }) { id } }",
        "mutation { phoneNumberMergeToOrganization(organizationId: \(organization), input: { phoneNumber: \"+442079460777\" }) { id } }",
        "mutation { phoneNumberMergeToUser(userId: \(user), input: { phoneNumber: \"+442079460777\" }) { id } }",
        "mutation { phoneNumberUpdateInContact(contactId: \(contact), input: { id: \(phoneNumber), label: HOME }) { id } }",
        "mutation { phoneNumberUpdateInOrganization(organizationId: \(organization), input: { id: \(phoneNumber), label: HOME }) { id } }",
        "mutation { phoneNumberUpdateInUser(userId: \(user), input: { id: \(phoneNumber), label: HOME }) { id } }",
        "mutation { phoneNumberRemoveFromContactByE164(contactId: \(contact), e164: \"+442079460101\") { result } }",
        "mutation { phoneNumberRemoveFromOrganizationByE164(organizationId: \(organization), e164: \"+442079460101\") { result } }",
        "mutation { phoneNumberRemoveFromUserByE164(userId: \(user), e164: \"+442079460101\") { result } }",
        "mutation { phoneNumberRemoveFromContactById(contactId: \(contact), id: \(phoneNumber)) { result } }",
        "mutation { phoneNumberRemoveFromOrganizationById(organizationId: \(organization), id: \(phoneNumber)) { result } }",
        "mutation { phoneNumberRemoveFromUserById(userId: \(user), id: \(phoneNumber)) { result } }",
        "mutation { phoneNumber_Update(input: { id: \(phoneNumber), phoneNumber: \"+442079460777\" }) { id } }",

        "mutation { jobRole_Create(contactId: \(contact), input: { jobTitle: \"mine\" }) { id } }",
        "mutation { jobRole_Update(contactId: \(contact), input: { id: \(jobRole), jobTitle: \"mine\" }) { id } }",
        "mutation { jobRole_Delete(contactId: \(contact), roleId: \(jobRole)) { result } }",
        "mutation { jobRole_Save(input: { id: \(jobRole), jobTitle: \"mine\" }) }",

        "mutation { contact_AddNewLocation(contactId: \(contact)) { id } }",
        "mutation { organization_AddNewLocation(organizationId: \(organization)) { id } }",
        "mutation { location_Update(input: { id: \(location), name: \"mine\" }) { name } }",
        "mutation { location_RemoveFromContact(contactId: \(contact), locationId: \(location)) { name } }",
        "mutation { location_RemoveFromOrganization(organizationId: \(organization), locationId: \(location)) { name } }",
        "mutation { contact_RemoveLocation(contactId: \(contact), locationId: \(location)) { name } }",

        "mutation { contact_AddSocial(contactId: \(contact), input: { url: \"linkedin.com/in/mine\" }) { url } }",
        "mutation { contact_RemoveSocial(contactId: \(contact), socialId: \(social)) { accepted } }",
        "mutation { organization_AddSocial(organizationId: \(organization), input: { url: \"linkedin.com/company/mine\" }) { url } }",
        "mutation { organization_RemoveSocial(organizationId: \(organization), socialId: \(social)) { accepted } }",
        "mutation { social_Update(input: { id: \(social), url: \"linkedin.com/company/mine\" }) { url } }",
        "mutation { social_Remove(socialId: \(social)) { result } }",

        "mutation { tag_Create(input: { name: \"mine\" }) { name } }",
        "mutation { tag_Update(input: { id: \(tag), name: \"mine\" }) { name } }",
        "mutation { tag_Delete(id: \(tag)) { result } }",
        "mutation { addTag(input: { entityId: \(organization), entityType: ORGANIZATION, tag: { id: \(tag) } }) }",
        "mutation { removeTag(input: { entityId: \(organization), entityType: ORGANIZATION, tagId: \(tag) }) { result } }",
        "mutation { removeTags(input: { entityId: \(organization), entityType: ORGANIZATION }) { result } }",
        "mutation { organization_AddTag(input: { organizationId: \(organization), tag: { id: \(tag) } }) { accepted } }",
        "mutation { organization_RemoveTag(input: { organizationId: \(organization), tag: { id: \(tag) } }) { accepted } }",
        "mutation { contact_AddTag(input: { contactId: \(contact), tag: { id: \(tag) } }) { accepted } }",
        "mutation { contact_RemoveTag(input: { contactId: \(contact), tag: { id: \(tag) } }) { accepted } }",
    ]
}
