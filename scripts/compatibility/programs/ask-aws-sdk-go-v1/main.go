// Who AWS says it is, again for each line of standard input.
package main

import (
	"bufio"
	"fmt"
	"os"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/sts"
)

func main() {
	if len(os.Args) > 1 {
		fmt.Println(aws.SDKVersion)
		return
	}
	current, failure := session.NewSession(&aws.Config{Endpoint: aws.String(os.Getenv("PRACTICE_STS"))})
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		err := failure
		if err == nil {
			var answer *sts.GetCallerIdentityOutput
			if answer, err = sts.New(current).GetCallerIdentity(nil); err == nil {
				fmt.Printf("%s\n\x1e0\n", *answer.Arn)
				continue
			}
		}
		fmt.Printf("%v\n\x1e1\n", err)
	}
}
