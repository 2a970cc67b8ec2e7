package estate_test

import (
	"fmt"

	"github.com/assumewhy/assumewhy/pkg/estate"
)

func Example() {
	e := estate.New(estate.Parts{Accounts: []estate.Folder{estate.Fixed("111122223333", map[estate.Part][]byte{
		estate.Details: []byte(`{"UserDetailList":[],"GroupDetailList":[],"RoleDetailList":[
			{"Path":"/team/","RoleName":"deploy","Arn":"arn:aws:iam::111122223333:role/team/deploy"}],"Policies":[]}`),
	})}})
	a, _ := e.Account("111122223333").Get()
	if r, ok := a.Role("deploy").Get(); ok {
		fmt.Println(r.ARN)
		_, missing := r.Trust.Gap()
		fmt.Println("trust policy missing:", missing)
	}
	_, missing := e.Account("222233334444").Gap()
	fmt.Println("other account unknown:", missing)
	// Output:
	// arn:aws:iam::111122223333:role/team/deploy
	// trust policy missing: true
	// other account unknown: true
}
