internal import GraphQL
internal import Postgres
internal import Records

extension ReachDomain {
    static let queries: [String: FieldBinding] = [
        "email": .lookup(.byID("email") { "Failed getting email with id \($0)" }),
        "phoneNumber": .lookup(.byID("phone_number") { "Failed getting phone number with id \($0)" }),
        "checkDomain": .lookup(DomainCheck.lookup),
    ]

    static let mutations: [String: FieldBinding] = emails.merging(phoneNumbers) { $1 }

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
}
