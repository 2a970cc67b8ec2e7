package awsapi

// Grantee is who needs a permission.
type Grantee string

// The grantees.
const (
	Credentials        Grantee = "credentials"         // the ambient ones: the auditor's own role, or a person's
	ReaderRole         Grantee = "reader role"         // in each account; in its own account the credentials
	OrganizationReader Grantee = "organization reader" // the organization role, or the credentials
)

// Permission is one IAM action that a call of this package needs.
type Permission struct {
	Action  string
	Grantee Grantee
	Why     string
	Whole   bool // for Reader.Snapshot alone
}

// Permissions are all actions that this package ever calls, in the order of
// grantee and action. A test holds them against the calls that are made.
func Permissions() []Permission {
	return []Permission{
		{"sts:AssumeRole", Credentials, "enter another account as the reader role, and the organization as its role", false},
		{"sts:GetCallerIdentity", Credentials, "learn the account of the credentials, where it is not configured; AWS allows it to everyone", false},

		{"ec2:DescribeRegions", ReaderRole, "the regions to look for VPC endpoints in", true},
		{"ec2:DescribeVpcEndpoints", ReaderRole, "the policy of the endpoint that a call came through", false},
		{"iam:GetAccountAuthorizationDetails", ReaderRole, "a user's groups with their policies, at once; the whole account for a directory", false},
		{"iam:GetOpenIDConnectProvider", ReaderRole, "the audiences that a web identity provider accepts", false},
		{"iam:GetPolicy", ReaderRole, "which version of a managed policy is in force", false},
		{"iam:GetPolicyVersion", ReaderRole, "the document of a managed policy", false},
		{"iam:GetRole", ReaderRole, "the role with its trust policy, tags and boundary; the caller's role", false},
		{"iam:GetRolePolicy", ReaderRole, "the inline policies of the caller's role", false},
		{"iam:GetUser", ReaderRole, "the calling user with tags and boundary", false},
		{"iam:GetUserPolicy", ReaderRole, "the inline policies of the calling user", false},
		{"iam:ListAttachedRolePolicies", ReaderRole, "the managed policies of the caller's role", false},
		{"iam:ListAttachedUserPolicies", ReaderRole, "the managed policies of the calling user", false},
		{"iam:ListGroupsForUser", ReaderRole, "the groups of the calling user", false},
		{"iam:ListOpenIDConnectProviders", ReaderRole, "the web identity providers of the role's account", false},
		{"iam:ListRolePolicies", ReaderRole, "the names of the inline policies of the caller's role", false},
		{"iam:ListRoles", ReaderRole, "the role that was probably meant, where the one that was named does not exist", false},
		{"iam:ListSAMLProviders", ReaderRole, "the SAML providers of the role's account", false},
		{"iam:ListUserPolicies", ReaderRole, "the names of the inline policies of the calling user", false},

		{"organizations:DescribeAccount", OrganizationReader, "an account's name, state and path; whether it is a member", false},
		{"organizations:DescribeOrganization", OrganizationReader, "the organization's id and management account", false},
		{"organizations:DescribeOrganizationalUnit", OrganizationReader, "the names of organizational units", false},
		{"organizations:DescribePolicy", OrganizationReader, "the document of an SCP or RCP", false},
		{"organizations:ListAccountsForParent", OrganizationReader, "the accounts of the whole tree", true},
		{"organizations:ListOrganizationalUnitsForParent", OrganizationReader, "the units of the whole tree", true},
		{"organizations:ListParents", OrganizationReader, "the way from an account to the root, where its path is not given", false},
		{"organizations:ListPolicies", OrganizationReader, "all SCPs and RCPs", true},
		{"organizations:ListPoliciesForTarget", OrganizationReader, "the SCPs and RCPs that are attached on that way", false},
		{"organizations:ListRoots", OrganizationReader, "the root, and whether SCPs and RCPs are enabled", false},
		{"organizations:ListTargetsForPolicy", OrganizationReader, "what an SCP or RCP is attached to", true},
	}
}
