namespace ActionMail.Browser.Tests.Platform;

// A start costs as much as a story, so stories that do not meet share an emulator, one after the other: each has mails, registrations and people of its own.
// The stories of the Groups sample have theirs to themselves, since there is one group.

/// <summary>What readers of mail and cards see.</summary>
[CollectionDefinition(Name)]
public sealed class AtTheInbox : ICollectionFixture<Emulator>
{
    public const string Name = "At the inbox";
}

/// <summary>Requests, and those who decide on them.</summary>
[CollectionDefinition(Name)]
public sealed class WithApprovers : ICollectionFixture<Emulator>
{
    public const string Name = "With approvers";
}

/// <summary>One person at the pages of the dashboard and of accounts, and cards by themselves.</summary>
[CollectionDefinition(Name)]
public sealed class AtTheForms : ICollectionFixture<Emulator>
{
    public const string Name = "At the forms";
}
