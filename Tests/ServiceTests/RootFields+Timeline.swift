extension RootFields {
    private static let contact = "\"01900000-0001-7000-8000-000000000001\""
    private static let organization = "\"01900000-0000-7000-8000-000000000001\""
    private static let user = "\"01900000-0002-7000-8000-000000000001\""
    private static let event = "\"01900000-0007-7000-8000-000000000001\""
    private static let tag = "\"01900000-0008-7000-8000-000000000001\""
    private static let attachment = "\"01900000-000e-7000-8000-000000000001\""

    static let timeline = [
        "query { interactionEvent(id: \(event)) { id } }",
        "query { interactionEvent_ByEventIdentifier(eventIdentifier: \"demo-1\") { id } }",
        "query { interactionSession(id: \(event)) { id } }",
        "query { interactionSession_BySessionIdentifier(sessionIdentifier: \"demo-1\") { id } }",
        "query { interactionSession_ByEventIdentifier(eventIdentifier: \"demo-1\") { id } }",
        "query { issue(id: \(event)) { id } }",
        "query { logEntry(id: \(event)) { id } }",
        "query { meeting(id: \(event)) { id } }",
        "query { externalMeetings(externalSystemId: \"calcom\", externalId: \"1\") { totalElements } }",
        "query { timelineEvents(ids: [\(event)]) { __typename } }",
        "query { attachment(id: \(attachment)) { id } }",

        "mutation { interactionEvent_Create(event: { appSource: \"mine\", sentBy: [{ contactID: \(contact) }], sentTo: [{ userID: \(user) }] }) { id } }",
        "mutation { interactionEvent_LinkAttachment(eventId: \(event), attachmentId: \(attachment)) { result } }",
        "mutation { interactionSession_Create(session: { name: \"mine\", status: \"mine\", appSource: \"mine\", attendedBy: [{ contactID: \(contact) }] }) { id } }",
        "mutation { interactionSession_LinkAttachment(sessionId: \(event), attachmentId: \(attachment)) { id } }",
        "mutation { issue_Create(input: { organizationId: \(organization), reportedByContactId: \(contact), submittedByUserId: \(user) }) { id } }",
        "mutation { logEntry_CreateForOrganization(organizationId: \(organization), input: { content: \"mine\" }) }",
        "mutation { logEntry_Update(id: \(event), input: { content: \"mine\" }) }",
        "mutation { logEntry_ResetTags(id: \(event), input: [{ id: \(tag) }]) }",
        "mutation { logEntry_AddTag(id: \(event), input: { id: \(tag) }) }",
        "mutation { logEntry_RemoveTag(id: \(event), input: { id: \(tag) }) }",
        "mutation { meeting_Create(meeting: { name: \"mine\", attendedBy: [{ contactId: \(contact) }] }) { id } }",
        "mutation { meeting_Update(meetingId: \(event), meeting: { name: \"mine\" }) { id } }",
        "mutation { meeting_LinkAttendedBy(meetingId: \(event), participant: { contactId: \(contact) }) { id } }",
        "mutation { meeting_UnlinkAttendedBy(meetingId: \(event), participant: { contactId: \(contact) }) { id } }",
        "mutation { meeting_LinkAttachment(meetingId: \(event), attachmentId: \(attachment)) { id } }",
        "mutation { meeting_UnlinkAttachment(meetingId: \(event), attachmentId: \(attachment)) { id } }",
        "mutation { meeting_LinkRecording(meetingId: \(event), attachmentId: \(attachment)) { id } }",
        "mutation { meeting_UnlinkRecording(meetingId: \(event), attachmentId: \(attachment)) { id } }",
        "mutation { meeting_AddNewLocation(meetingId: \(event)) { id } }",
        "mutation { meeting_AddNote(meetingId: \(event), note: { content: \"mine\" }) { id } }",
        "mutation { note_CreateForContact(contactId: \(contact), input: { content: \"mine\" }) { id } }",
        "mutation { note_CreateForOrganization(organizationId: \(organization), input: { content: \"mine\" }) { id } }",
        "mutation { note_Update(input: { id: \(event), content: \"mine\" }) { id } }",
        "mutation { note_Delete(id: \(event)) { result } }",
        "mutation { note_LinkAttachment(noteId: \(event), attachmentId: \(attachment)) { id } }",
        "mutation { note_UnlinkAttachment(noteId: \(event), attachmentId: \(attachment)) { id } }",
        "mutation { attachment_Create(input: { basePath: \"/\", cdnUrl: \"\", fileName: \"mine\", mimeType: \"\", size: 1, appSource: \"\" }) { id } }",
    ]
}
