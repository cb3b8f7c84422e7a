using Groups;

var options = GroupsOptions.Read(args, Environment.GetEnvironmentVariable);
await using var app = GroupsApp.Create(options);
await app.RunAsync();
