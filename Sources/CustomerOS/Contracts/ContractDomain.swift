internal import GraphQL

/// The changes of contracts, of their services, and of the products these refer to.
enum ContractDomain: Domain {
    static let mutations: [String: FieldBinding] = [
        "contract_Create": .resolved(CreateContract()),
        "contract_Update": .resolved(UpdateContract()),
        "contract_Delete": .resolved(DeleteContract()),
        "contract_Renew": .resolved(RenewContract()),
        "contract_AddAttachment": .resolved(ChangeContractAttachment(.add)),
        "contract_RemoveAttachment": .resolved(ChangeContractAttachment(.remove)),
        "contractLineItem_Create": .resolved(CreateLineItem()),
        "contractLineItem_NewVersion": .resolved(AddLineItemVersion()),
        "contractLineItem_Update": .resolved(UpdateLineItem()),
        "contractLineItem_Close": .resolvedLeaf(CloseLineItem(), .identifier),
        "contractLineItem_Pause": .resolved(PauseLineItem(paused: true)),
        "contractLineItem_Resume": .resolved(PauseLineItem(paused: false)),
        "serviceLineItem_Delete": .resolved(DeleteLineItem()),
        "serviceLineItem_BulkUpdate": .resolvedLeaf(ChangeLineItemsInBulk(), .identifier),
        "sku_Save": .resolved(SaveSku()),
        "sku_Archive": .resolved(ArchiveSku()),
    ]
}
