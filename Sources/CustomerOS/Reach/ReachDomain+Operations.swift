internal import GraphQL
internal import Postgres
internal import Records

extension ReachDomain {
    static let queries: [String: FieldBinding] = [
        "email": .lookup(.byID("email") { "Failed getting email with id \($0)" }),
        "phoneNumber": .lookup(.byID("phone_number") { "Failed getting phone number with id \($0)" }),
        "jobRoles": .resolved(ListingResolver(jobRoles)),
        "checkDomain": .lookup(DomainCheck.lookup),
    ]

    private static let jobRoles = Listing(
        from: "job_role t", condition: "t.tenant_id = $1 AND t.id = ANY ($2::uuid[])", order: "array_position($2::uuid[], t.id)"
    ) { arguments, limits throws(FieldError) in
        let ids = arguments.values.texts("ids")
        guard ids.count <= limits.pageLimit else {
            throw FieldError("At most \(limits.pageLimit) job roles are answered at once.", code: .badUserInput, field: "ids")
        }
        return [.text(arrayText(ids.filter(UUIDKey.isValid)))]
    }

    static let mutations: [String: FieldBinding] = emails.merging(phoneNumbers) { $1 }.merging(rest) { $1 }

    private static let emails: [String: FieldBinding] = [
        "emailMergeToContact": .resolved(MergeLink(.contactEmails)),
        "emailMergeToOrganization": .resolved(MergeLink(.organizationEmails)),
        "emailMergeToUser": .resolved(MergeLink(.userEmails)),
        "emailRemoveFromContact": .resolved(RemoveLink(.contactEmails, by: .text(argument: "email"))),
        "emailRemoveFromOrganization": .resolved(RemoveLink(.organizationEmails, by: .text(argument: "email"))),
        "emailRemoveFromUser": .resolved(RemoveLink(.userEmails, by: .text(argument: "email"))),
        "emailReplaceForContact": .resolved(ReplaceEmail(.contactEmails)),
        "emailReplaceForOrganization": .resolved(ReplaceEmail(.organizationEmails)),
        "emailReplaceForUser": .resolved(ReplaceEmail(.userEmails)),
        "emailSetPrimaryForContact": .resolved(SetPrimaryEmail()),
    ]

    private static let phoneNumbers: [String: FieldBinding] = [
        "phoneNumberMergeToContact": .resolved(MergeLink(.contactPhoneNumbers)),
        "phoneNumberMergeToOrganization": .resolved(MergeLink(.organizationPhoneNumbers)),
        "phoneNumberMergeToUser": .resolved(MergeLink(.userPhoneNumbers)),
        "phoneNumberUpdateInContact": .resolved(UpdatePhoneNumberLink(.contactPhoneNumbers)),
        "phoneNumberUpdateInOrganization": .resolved(UpdatePhoneNumberLink(.organizationPhoneNumbers)),
        "phoneNumberUpdateInUser": .resolved(UpdatePhoneNumberLink(.userPhoneNumbers)),
        "phoneNumberRemoveFromContactByE164": .resolved(RemoveLink(.contactPhoneNumbers, by: .text(argument: "e164"))),
        "phoneNumberRemoveFromContactById": .resolved(RemoveLink(.contactPhoneNumbers, by: .id)),
        "phoneNumberRemoveFromOrganizationByE164": .resolved(RemoveLink(.organizationPhoneNumbers, by: .text(argument: "e164"))),
        "phoneNumberRemoveFromOrganizationById": .resolved(RemoveLink(.organizationPhoneNumbers, by: .id)),
        "phoneNumberRemoveFromUserByE164": .resolved(RemoveLink(.userPhoneNumbers, by: .text(argument: "e164"))),
        "phoneNumberRemoveFromUserById": .resolved(RemoveLink(.userPhoneNumbers, by: .id)),
        "phoneNumber_Update": .resolved(UpdatePhoneNumber()),
    ]

    private static let rest: [String: FieldBinding] = [
        "jobRole_Create": .resolved(CreateJobRole()),
        "jobRole_Update": .resolved(UpdateJobRole()),
        "jobRole_Delete": .resolved(DeleteJobRole()),
        "jobRole_Save": .resolvedLeaf(SaveJobRole(), .identifier),
        "contact_AddNewLocation": .resolved(AddLocation(to: .contact)),
        "organization_AddNewLocation": .resolved(AddLocation(to: .organization)),
        "location_Update": .resolved(UpdateLocation()),
        "location_RemoveFromContact": .resolved(RemoveLocation(from: .contact, verb: "detach")),
        "location_RemoveFromOrganization": .resolved(RemoveLocation(from: .organization, verb: "detach")),
        "contact_RemoveLocation": .resolved(RemoveLocation(from: .contact, verb: "remove")),
        "contact_AddSocial": .resolved(AddSocial(to: .contact)),
        "contact_RemoveSocial": .resolved(RemoveSocial(from: .contact)),
        "organization_AddSocial": .resolved(AddSocial(to: .organization)),
        "organization_RemoveSocial": .resolved(RemoveSocial(from: .organization)),
        "social_Update": .resolved(UpdateSocial()),
        "social_Remove": .resolved(DeleteSocial()),
    ]
}
