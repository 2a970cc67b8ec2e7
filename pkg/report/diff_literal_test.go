package report

import "testing"

// TestLiterally: under an operator without wildcards a star is a sign like others,
// and differs from what came in its place.
func TestLiterally(t *testing.T) {
	const wanted, got = "arn:aws:iam::111122223333:user/*", "arn:aws:iam::111122223333:user/bob"
	for operator, marked := range map[string]bool{
		"StringEquals": true, "StringEqualsIgnoreCase": true, "ForAnyValue:StringEqualsIfExists": true,
		"StringLike": false, "ArnEquals": false, "ArnLike": false, "": false, "Nonsense": false,
	} {
		left, right := Differences(Literally(operator, wanted), got)
		if (len(left) > 0) != marked || (len(right) > 0) != marked {
			t.Errorf("%s: marks %v and %v, want some: %v", operator, left, right, marked)
		}
	}
	if left, _ := Differences(Literally("StringEquals", wanted), got); len(left) != 1 || left[0] != [2]int{31, 32} {
		t.Errorf("the star is marked at %v", left)
	}
}
